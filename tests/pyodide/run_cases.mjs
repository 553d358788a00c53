// Runs cases under Node on the parts that the site serves: node run_cases.mjs FOLDER WHEEL [memory] < cases > answers
// In: one JSON string of case text a line. Out: one JSON string of answer text a line, in the same order.
// With "memory", Python's memory is copied after its start and the cases are answered by what is restored from it.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "pyodide";

async function start(folder, wheel, options) {
  const pyodide = await loadPyodide({ indexURL: folder, ...options });
  pyodide.FS.writeFile(`/lib/${wheel}`, readFileSync(`${folder}/${wheel}`));
  return pyodide;
}

async function main(folder, wheel, memory) {
  let pyodide = await start(folder, wheel, { _makeSnapshot: Boolean(memory) });
  pyodide.runPython(`import sys; sys.path.append("/lib/${wheel}"); import calculator.browser`);
  if (memory) pyodide = await start(folder, wheel, { _loadSnapshot: pyodide.makeMemorySnapshot() });
  const answer = pyodide.runPython("from calculator import answer; answer");
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
  }
}

// Node would print the whole of Pyodide's one-line source around the message.
main(...process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
