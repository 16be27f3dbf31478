import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `register areas load` on a text, as an operator would: through the checkout's start, or a program that is built. */
export async function loadAreasByCommand(csv: string, env: NodeJS.ProcessEnv, program: readonly string[] = ['src/start.mjs', 'register']): Promise<{ code: number; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'areas-'));
  try {
    const file = join(folder, 'areas.csv');
    await writeFile(file, csv);
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...program, 'areas', 'load', file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (data: Buffer) => (output += data.toString()));
      child.stderr.on('data', (data: Buffer) => (output += data.toString()));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? 1, output }));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
