// A sentence for a command that the core could not carry out.

import type { Problem } from "../backend/generated/Problem";
import { m } from "../paraglide/messages.js";

export function problemText(problem: Problem): string {
  switch (problem.code) {
    case "disk_full":
      return m.problem_disk_full();
    case "not_found":
      return m.problem_not_found();
    case "practice_only":
      return m.problem_practice_only();
    default:
      return m.problem_other({ message: problem.message });
  }
}
