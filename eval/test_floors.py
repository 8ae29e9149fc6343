"""Floors rise by themselves, fall only by hand with a reason, and stop a run that is below one."""
import contextlib, importlib.machinery, importlib.util, io, json, sys, tempfile, unittest
from pathlib import Path
from unittest import mock

loader = importlib.machinery.SourceFileLoader("run", str(Path(__file__).with_name("run")))
sys.dont_write_bytecode = True
run = importlib.util.module_from_spec(importlib.util.spec_from_loader("run", loader))
loader.exec_module(run)


class Floors(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        data = Path(folder.name, "data.jsonl")
        data.write_text("{}\n")
        self.floors = Path(folder.name, "floors.json")
        self.floors.write_text(json.dumps({"made-up": {"set": "2020-01-01", "data": run.data_hash([data]), "floors": {"f1": 0.9, "chain_ends_merged": 0.05}}}))
        self.measured = {"f1": 0.95, "chain_ends_merged": 0.01}
        for name, value in (("FLOORS", self.floors), ("REPO", Path(folder.name)), ("WORK", Path(folder.name, "work")), ("BINARY", data),
                            ("SCORERS", {"made-up": (lambda: self.measured, [data]), "far": (dict, [data / "missing"])})):
            self.enterContext(mock.patch.object(run, name, value)) if hasattr(self, "enterContext") else mock.patch.object(run, name, value).start()
        self.addCleanup(mock.patch.stopall)

    def run_eval(self, *arguments):
        out = io.StringIO()
        with mock.patch.object(sys, "argv", ["run", *arguments]), contextlib.redirect_stdout(out):
            code = run.main()
        return code, out.getvalue()

    def entry(self):
        return json.loads(self.floors.read_text())["made-up"]

    def test_above_its_floors_a_run_passes_and_changes_nothing(self):
        before = self.floors.read_text()
        code, out = self.run_eval("made-up")
        self.assertEqual((code, self.floors.read_text()), (0, before))
        self.assertIn("2 floors checked, 0 failed", out)

    def test_below_a_floor_it_fails_and_names_it(self):
        self.measured["f1"] = 0.89
        code, out = self.run_eval("made-up")
        self.assertEqual(code, 1)
        self.assertIn("made-up.f1 = 0.89, floor 0.9", out)

    def test_above_a_ceiling_it_fails(self):
        self.measured["chain_ends_merged"] = 0.06
        self.assertEqual(self.run_eval("made-up")[0], 1)

    def test_what_was_not_measured_fails(self):
        del self.measured["f1"]
        self.assertEqual(self.run_eval("made-up")[0], 1)

    def test_a_scorer_that_breaks_fails_and_the_others_run(self):
        def broken():
            raise run.Failed("no such thing")
        with mock.patch.dict(run.SCORERS, {"made-up": (broken, run.SCORERS["made-up"][1])}):
            code, out = self.run_eval("made-up")
        self.assertEqual(code, 1)
        self.assertIn("no such thing", out)

    def test_without_its_corpus_a_scorer_is_skipped_loudly(self):
        code, out = self.run_eval("far")
        self.assertEqual(code, 0)
        self.assertIn("!!! SKIPPED: far", out)

    def test_raising_lifts_to_just_below_and_never_lowers(self):
        self.run_eval("--raise", "made-up")
        self.assertEqual(self.entry()["floors"], {"f1": 0.947, "chain_ends_merged": 0.013})
        self.measured = {"f1": 0.92, "chain_ends_merged": 0.03}
        self.run_eval("--raise", "made-up")
        self.assertEqual(self.entry()["floors"], {"f1": 0.947, "chain_ends_merged": 0.013})

    def test_lowering_takes_a_reason_and_records_it(self):
        with self.assertRaises(SystemExit):
            self.run_eval("--lower", "made-up.f1=0.8")
        self.assertEqual(self.entry()["floors"]["f1"], 0.9)
        self.run_eval("--lower", "made-up.f1=0.8", "--reason", "the truth was wrong in ten places")
        self.assertEqual(self.entry()["floors"]["f1"], 0.8)
        self.assertEqual(self.entry()["lowered"][0]["reason"], "the truth was wrong in ten places")
        with self.assertRaises(SystemExit):
            self.run_eval("--lower", "made-up.f2=0.8", "--reason", "there is no such floor here")

    def test_other_data_is_named(self):
        self.floors.write_text(self.floors.read_text().replace(self.entry()["data"], "another"))
        self.assertIn("not the data that these floors were set on", self.run_eval("made-up")[1])


if __name__ == "__main__":
    ran = unittest.main(exit=False).result
    if not ran.wasSuccessful():
        sys.exit(1)
    print(f"{ran.testsRun} checks passed")
