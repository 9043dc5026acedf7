import { chown, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';

const OWNER_ONLY = 0o600;
const PERMISSIONS = 0o777;

/** Somebody else is changing the file, or broke off while doing so. */
export class FileBusyError extends Error {
  override readonly name = 'FileBusyError';
}

/**
 * Changes a file whole or not at all, one change at a time: the new text is written beside it and takes its place. A new
 * file is its owner's alone; one that is there keeps its owner and permissions. When `change` throws, nothing is changed.
 */
export async function changeFile(path: string, change: (text: string | undefined) => string): Promise<void> {
  const target = await realpath(path).catch(ifAbsent(path));
  const beside = `${target}.new`;
  const file = await open(beside, 'wx', OWNER_ONLY).catch((error: unknown) => {
    throw isCoded(error, 'EEXIST') ? busy(beside) : error;
  });
  try {
    await file.writeFile(change(await readFile(target, 'utf8').catch(ifAbsent(undefined))));
    await keepOwnership(target, beside, (mode) => file.chmod(mode));
    await file.sync();
    await rename(beside, target);
  } catch (error) {
    await rm(beside);
    throw error;
  } finally {
    await file.close();
  }
}

async function keepOwnership(
  target: string,
  beside: string,
  chmod: (mode: number) => Promise<void>,
): Promise<void> {
  const before = await stat(target).catch(ifAbsent(undefined));
  if (before === undefined) return;
  const now = await stat(beside);
  if (before.uid !== now.uid || before.gid !== now.gid) await chown(beside, before.uid, before.gid);
  await chmod(before.mode & PERMISSIONS);
}

function ifAbsent<T>(fallback: T): (error: unknown) => T {
  return (error) => {
    if (isCoded(error, 'ENOENT')) return fallback;
    throw error;
  };
}

function isCoded(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function busy(beside: string): FileBusyError {
  return new FileBusyError(
    `${beside} is there: another change is under way, or one broke off; then remove it.`,
  );
}
