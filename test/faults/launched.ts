import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive, until } from '../../src/platform/embedded/processes.js';

const LAUNCHER = fileURLToPath(new URL('./stand-in-launcher.js', import.meta.url));

/** What the stand-in API answers. */
export interface Answer {
  readonly me: string;
  readonly pid: number;
  readonly settings: readonly string[];
}

/** One start of the program, watched from outside. */
export class Launched {
  output = '';
  private over: { code: number | null } | undefined;

  private constructor(readonly process: ChildProcess, private readonly folder: string, readonly port: number) {
    for (const stream of [process.stdout, process.stderr]) stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    process.once('close', (code) => (this.over = { code }));
  }

  static start(folder: string, port: number, env: NodeJS.ProcessEnv = {}): Launched {
    return Launched.startAs(process.execPath, [LAUNCHER], folder, port, env);
  }

  /** As npm starts it: from a process of its own, which stays. */
  static startUnderNpm(folder: string, port: number): Launched {
    return Launched.startAs('/bin/sh', ['-c', '"$0" "$1"; true', process.execPath, LAUNCHER], folder, port, { npm_lifecycle_event: 'start' });
  }

  private static startAs(program: string, args: readonly string[], folder: string, port: number, env: NodeJS.ProcessEnv): Launched {
    const { NODE_OPTIONS: _options, DATABASE_URL: _url, npm_lifecycle_event: _event, ...rest } = process.env;
    const child = spawn(program, args, { env: { ...rest, DATA_DIR: folder, PORT: String(port), NODE_ENV: '', DEMO: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    return new Launched(child, folder, port);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.over !== undefined;
  }

  async ready(): Promise<this> {
    await until(() => this.over !== undefined || this.output.includes('is ready after'), 25_000);
    if (!this.output.includes('is ready after')) throw new Error(`the launcher did not become ready:\n${this.output}`);
    return this;
  }

  /** Its exit code, once everything it printed is read. */
  async code(): Promise<number | null> {
    if (!(await until(() => this.over !== undefined, 20_000))) throw new Error(`the launcher did not end:\n${this.output}`);
    return this.over?.code ?? null;
  }

  async answer(): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${this.port}/`);
    return (await response.json()) as Answer;
  }

  postmaster(): number {
    return Number(readFileSync(join(this.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** API, worker and database server. */
  children(): number[] {
    const listed = JSON.parse(readFileSync(join(this.folder, 'children.json'), 'utf8')) as { pid: number }[];
    return [...listed.map((each) => each.pid), this.postmaster()];
  }
}

/** Whether every one of these processes is gone, given a moment. */
export async function allGone(pids: readonly number[]): Promise<boolean> {
  return until(() => !pids.some(isAlive), 12_000);
}
