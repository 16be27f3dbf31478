import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { todayIn } from '../../../src/kernel/civil-date.js';
import type { Someone, World } from '../load/operations.js';
import { signIn } from '../load/people.js';
import { Watch } from '../load/watch.js';
import type { Watched } from '../load/watch.js';
import { readWorld } from '../load/world.js';
import { DIST } from '../stack.js';
import type { Stack } from '../stack.js';

/** What a sender is told, in a file. */
export interface Sending {
  /** Its connections are dealt out over these. */
  readonly ports: readonly number[];
  readonly connections: number;
  readonly seconds: number;
  /** Operations a second of all connections together; without it, as fast as answers come. */
  readonly rate: number | undefined;
  readonly seed: number;
  readonly today: string;
  /** Begins every key of its acts. */
  readonly run: string;
  readonly people: readonly Someone[];
  readonly world: World;
  readonly results: string;
}

/** What came of it. */
export interface Sent {
  readonly asked: number;
  readonly wrong: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Seconds of processor time of the sender's own. */
  readonly cpu: number;
  readonly p50: number;
  readonly p95: number;
}

/** One turn: what was asked, and milliseconds of processor time for each operation, by process. */
export interface Turn extends Sent {
  readonly perOperation: Readonly<Record<string, number>>;
}

/** The country's people and rows, ready to be asked with. */
export class Crowd {
  #turns = 0;

  private constructor(
    private readonly stack: Stack,
    private readonly seed: number,
    private readonly people: readonly Someone[],
    private readonly world: World,
    readonly signOut: () => Promise<void>,
  ) {}

  static async of(stack: Stack, seed: number): Promise<Crowd> {
    const today = todayIn(new Date());
    const { people, signOut } = await signIn(stack, stack.owner, seed, today);
    return new Crowd(stack, seed, people, await readWorld(stack.owner, seed, today), signOut);
  }

  /** Sends the country's mix to these ports, and reads the clocks of these processes meanwhile. */
  async turn(ports: readonly number[], watched: readonly Watched[], how: { readonly connections: number; readonly seconds: number; readonly rate?: number }): Promise<Turn> {
    const results = join(this.stack.folder, 'sent.json');
    const file = join(this.stack.folder, 'sending.json');
    const { connections, seconds, rate } = how;
    const run = `G${Date.now().toString(36)}${this.#turns}`;
    const sending: Sending = { ports, connections, seconds, rate, seed: this.seed + this.#turns++, today: todayIn(new Date()), run, people: this.people, world: this.world, results };
    writeFileSync(file, JSON.stringify(sending));
    const watch = new Watch(watched);
    const child = spawn(process.execPath, ['--enable-source-maps', join(DIST, 'test/bench/growing/sender.js'), file], { stdio: ['ignore', 'inherit', 'inherit'] });
    const code = await new Promise<number | null>((done) => child.once('exit', done));
    const usages = watch.end();
    if (code !== 0) throw new Error(`The sender ended with ${String(code)}.`);
    const sent = JSON.parse(readFileSync(results, 'utf8')) as Sent;
    return { ...sent, perOperation: Object.fromEntries(usages.map(({ name, cpu }) => [name, (cpu * 1000) / Math.max(1, sent.asked)])) };
  }
}

/** What went wrong in some turns, a line for each kind; an empty text where nothing did. */
export function faultsOf(turns: readonly Sent[]): string {
  const all = new Map<string, number>();
  for (const { wrong } of turns) for (const [what, times] of Object.entries(wrong)) all.set(what, (all.get(what) ?? 0) + times);
  return [...all].map(([what, times]) => `  ${what}, ${times} times`).join('\n');
}
