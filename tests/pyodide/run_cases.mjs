// Runs cases inside Pyodide under Node with the built wheel: node run_cases.mjs WHEEL < cases > answers
// In: one JSON string of case text a line. Out: one JSON string of answer text a line, in the same order.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "pyodide";

async function main(wheel) {
  const pyodide = await loadPyodide();
  pyodide.unpackArchive(new Uint8Array(readFileSync(wheel)), "wheel");
  const answer = pyodide.runPython("from calculator import answer; answer");
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(JSON.stringify(answer(JSON.parse(line))) + "\n");
  }
}

// Node would print the whole of Pyodide's one-line source around the message.
main(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
