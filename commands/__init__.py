"""The commands of `tinso`; each asks one half for its work and shows what came of it."""
