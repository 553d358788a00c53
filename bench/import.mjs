// Milliseconds to import the calculator with its law under Pyodide: node bench/import.mjs FOLDER WHEEL DAY packed|stock
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [folder, wheel, day, kind] = process.argv.slice(2);
const pyodide = await loadPyodide(kind === "packed" ? { indexURL: folder } : {});
if (kind === "packed") {
  pyodide.FS.writeFile(`/lib/${wheel}`, readFileSync(`${folder}/${wheel}`));
  pyodide.runPython(`import sys; sys.path.append("/lib/${wheel}")`);
} else pyodide.unpackArchive(new Uint8Array(readFileSync(`${folder}/${wheel}`)), "wheel");
const start = performance.now();
pyodide.runPython(`
from datetime import date
from calculator.browser import answer
from calculator.law import law_for
law_for(sentenced_on=date.fromisoformat("${day}"), offense_ended=date.fromisoformat("${day}"))`);
console.log(performance.now() - start);
