// Milliseconds to import the calculator with its law under Pyodide: node bench/import.mjs FOLDER WHEEL DAY packed|stock
import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const [folder, wheel, day, kind] = process.argv.slice(2);
const pyodide = await loadPyodide(kind === "packed" ? { indexURL: folder } : {});
const content = new Uint8Array(readFileSync(`${folder}/${wheel}`));
if (kind === "packed") pyodide.FS.writeFile(`/lib/${wheel}`, content);
else pyodide.unpackArchive(content, "wheel");
// Ours as the page's worker starts it; stock as anyone would.
const stock = `
from datetime import date
from calculator.browser import answer
from calculator.law import law_for
law_for(sentenced_on=date.fromisoformat("${day}"), offense_ended=date.fromisoformat("${day}"))`;
const start = performance.now();
if (kind === "packed") pyodide.pyimport("calculator_start").door(`/lib/${wheel}`, day);
else pyodide.runPython(stock);
console.log(performance.now() - start);
