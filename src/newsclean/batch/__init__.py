"""Run many inputs: `inputs` reads them, `run` does them, `manifest` remembers what became of each."""
