// Counts what held and what did not; one line for each failure.
let passed = 0, failed = 0, skipped = 0;
export function check(title, holds, detail = '') {
  if (holds) { passed++; return true; }
  failed++;
  console.error(`not ok: ${title}${detail ? `\n  ${detail}` : ''}`);
  return false;
}
export const skip = (title) => { skipped++; console.error(`skipped: ${title}`); };
export function close() {
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed ? 1 : 0;
}
