// Compiles into dist/<fingerprint of the sources>/ and points dist/current at it.
//
// A running engine resolved its own folder when it started and starts replacement workers from there,
// so a build never changes a file under it; an unchanged tree has its folder already and compiles nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

process.chdir(import.meta.dirname);

const SOURCES = ['src', 'workers', 'bench'];
const INPUTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'build.mjs'];
const STAGE = join('dist', 'stage');

const build = fingerprint();
if (isCurrent(build)) process.exit(0);
if (!existsSync(join('dist', build))) compile(build);
pointAt(build);

function isCurrent(id) {
  return existsSync(join('dist', id)) && existsSync('dist/current') && readlinkSync('dist/current') === id;
}

function compile(id) {
  const tsc = compilerPath();
  mkdirSync(STAGE, { recursive: true });
  const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  publish(id);
}

/** Copies what belongs to today's sources, then makes the folder visible in one step. */
function publish(id) {
  const fresh = join('dist', `${id}.${process.pid}`);
  for (const file of sourceFiles()) {
    if (!file.endsWith('.ts')) {
      cpSync(file, join(fresh, file));
      continue;
    }
    for (const ending of ['.js', '.js.map']) {
      const emitted = file.replace(/\.ts$/, ending);
      cpSync(join(STAGE, emitted), join(fresh, emitted));
    }
  }
  // npm makes the file of `bin` executable when it installs; every later build has to do so itself.
  chmodSync(join(fresh, 'src/cli/main.js'), 0o755);
  try {
    renameSync(fresh, join('dist', id));
  } catch (error) {
    // Another build of the same sources was faster; its folder holds the same bytes.
    rmSync(fresh, { recursive: true });
    if (!existsSync(join('dist', id))) throw error;
  }
}

function pointAt(id) {
  const link = join('dist', `current.${process.pid}`);
  symlinkSync(id, link, 'dir');
  renameSync(link, join('dist', 'current'));
}

function compilerPath() {
  try {
    return createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
  } catch {
    // A production install has no compiler: it runs the build it was given.
    if (existsSync('dist/current')) process.exit(0);
    console.error(
      'There is no build in dist/ and no compiler installed: run `npm ci` without --omit=dev first.',
    );
    process.exit(process.env.npm_lifecycle_event === 'prepare' ? 0 : 1);
  }
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const path of [...INPUTS, ...sourceFiles()]) {
    const bytes = readFileSync(path);
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

function sourceFiles() {
  return SOURCES.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|lua)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort(),
  );
}
