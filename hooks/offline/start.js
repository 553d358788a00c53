
/** Browsers start no worker from another file on a disk: this one is made from what is in this file. */
self.plainSentencingWorker = () => {
  const text = (id) => document.getElementById(id).textContent;
  const parts = [`self.PACKED = ${text("packed")};`, text("worker")];
  return new Worker(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
};
