// Runs cases under Node on the parts that the site serves: node run_cases.mjs FOLDER WHEEL LAW [memory] < cases > answers
// In: one JSON string of case text a line. Out: one JSON string of answer text a line, in the same order.
// With "memory", Python's memory is copied after its start and the cases are answered by what is restored from it.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "pyodide";

async function main(folder, wheel, law, memory) {
  let pyodide = await loadPyodide({ indexURL: folder, _makeSnapshot: Boolean(memory) });
  pyodide.FS.writeFile(`/lib/${wheel}`, readFileSync(`${folder}/${wheel}`));
  const start = pyodide.pyimport("calculator_start");
  start.door(`/lib/${wheel}`, law).destroy();
  start.destroy();
  if (memory) pyodide = await loadPyodide({ indexURL: folder, _loadSnapshot: pyodide.makeMemorySnapshot() });
  const { answer } = pyodide.pyimport("calculator");
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
  }
}

// Node would print the whole of Pyodide's one-line source around the message.
main(...process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
