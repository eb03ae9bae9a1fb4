"""pdfcpu as a command: its WebAssembly build, run in wasmtime.

    pdfcpu.py PDFCPU.WASM FILE...

Validates each file strictly; the exit code is 1 where one fails, which is then said.
The module is compiled once and kept beside its source."""

import os
import sys
import tempfile
from wasmtime import Config, Engine, ExitTrap, Linker, Module, Store, Trap, WasiConfig


def compiled(engine, wasm):
    """The module, from the compiled copy if that is of this wasmtime."""
    kept = wasm + ".compiled"
    try:
        return Module.deserialize_file(engine, kept)
    except Exception:
        module = Module.from_file(engine, wasm)
        new = f"{kept}.{os.getpid()}"
        with open(new, "wb") as file:
            file.write(module.serialize())
        os.replace(new, kept)
        return module


def validate(engine, module, file):
    """Whether pdfcpu lets a file pass, and what it says."""
    folder, name = os.path.split(os.path.realpath(file))
    with tempfile.TemporaryDirectory() as home:
        said = os.path.join(home, "said")
        wasi = WasiConfig()
        wasi.preopen_dir(home, "/home")
        wasi.preopen_dir(folder, "/in")
        wasi.env = [("HOME", "/home"), ("XDG_CONFIG_HOME", "/home"), ("TMPDIR", "/home")]
        wasi.argv = ["pdfcpu", "validate", "-mode", "strict", "/in/" + name]
        wasi.stdout_file = said
        wasi.stderr_file = said + ".errors"
        store = Store(engine)
        store.set_wasi(wasi)
        linker = Linker(engine)
        linker.define_wasi()
        try:
            linker.instantiate(store, module).exports(store)["_start"](store)
            code = 0
        except ExitTrap as end:
            code = end.code
        except Trap as trap:
            return False, f"it crashed: {trap}"
        text = "".join(open(f, errors="replace").read() for f in (said, said + ".errors"))
        return code == 0 and "validation ok" in text, text


def main():
    engine = Engine(Config())
    module = compiled(engine, sys.argv[1])
    if len(sys.argv) == 2:
        return 0
    failed = 0
    for file in sys.argv[2:]:
        ok, said = validate(engine, module, file)
        print(f"{'passed' if ok else 'failed'}\t{file}" + ("" if ok else "\t" + " ".join(said.split())))
        failed |= not ok
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
