// Which modules of the standard library the calculator and Pyodide's start import: node hooks/modules.mjs WHEEL LIBRARY < requests
// In: one JSON string of case text or form request a line. Out: one name a line. `make modules` writes them down.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "pyodide";

const pyodide = await loadPyodide({ stdLibURL: process.argv[3] });
pyodide.FS.writeFile("/lib/calculator.whl", readFileSync(process.argv[2]));
const { path, modules } = pyodide.pyimport("sys");
for (const place of ["/lib", "/lib/calculator.whl"]) path.append(place);
pyodide.pyimport("calculator_start");
const doors = ["calculator.browser", "calculator"].map((name) => pyodide.pyimport(name).answer);
for await (const line of createInterface({ input: process.stdin })) for (const door of doors) door(JSON.parse(line));
try {
  doors[0](0); // so that what tells of a fault is there too
} catch {}
const used = [...modules].filter((name) => modules.get(name).__spec__?.origin?.startsWith("/lib/python3"));
for (const name of used.sort()) console.log(name);
