// Which modules of the standard library the calculator and Pyodide's start import: node hooks/modules.mjs WHEEL LIBRARY < requests
// In: one JSON string of case text or form request a line. Out: one name a line. `make modules` writes them down.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { loadPyodide } from "pyodide";

const USED = `
import sys
sorted(
    name for name, module in sys.modules.items()
    if (getattr(getattr(module, "__spec__", None), "origin", None) or "").startswith("/lib/python3")
)`;

const pyodide = await loadPyodide({ stdLibURL: process.argv[3] });
pyodide.FS.writeFile("/lib/calculator.whl", readFileSync(process.argv[2]));
pyodide.FS.writeFile("/lib/calculator_start.py", readFileSync(new URL("calculator_start.py", import.meta.url)));
pyodide.runPython("import sys; sys.path += ['/lib', '/lib/calculator.whl']; import calculator_start");
const doors = ["calculator.browser", "calculator"].map((name) => pyodide.runPython(`import ${name} as door; door.answer`));
for await (const line of createInterface({ input: process.stdin })) for (const door of doors) door(JSON.parse(line));
try {
  pyodide.runPython("raise ValueError('so that what tells of a fault is there too')");
} catch {}
for (const name of pyodide.runPython(USED)) console.log(name);
