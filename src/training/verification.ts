import { normaliseCertificateNumber } from '../kernel/check-number.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { LoaderDefinition } from '../platform/graphql/context.js';
import type { VerifiedRow } from './training.queries.js';

const WINDOW_SECONDS = 60;
/** Numbers a minute that one address, or one signed-in person, may ask for. */
export const PER_ASKER = 30;
/** Numbers a minute that everybody together may ask for: of ten thousand certificates a guesser finds one in a year or two, and learns a course and two days. */
export const FOR_ALL = 120;

/** What a number stands for, that there is none, or for how many seconds to wait. */
export type Verification = { readonly found: VerifiedRow | undefined } | { readonly retryAfter: number };

/** How many of so many numbers may be asked for now, and for how long the others wait. */
export function admit(wanted: number, asked: { readonly mine: number; readonly all: number; readonly freesIn: number }): { readonly admitted: number; readonly retryAfter: number } {
  return { admitted: Math.max(0, Math.min(wanted, PER_ASKER - asked.mine, FOR_ALL - asked.all)), retryAfter: Math.max(1, Math.ceil(asked.freesIn)) };
}

/**
 * Looks numbers up and counts them in the same transaction, whose commit comes before the answer. A number that cannot be
 * one is looked up as well, so that no answer comes sooner than another. Whoever asks too often waits; refused questions
 * are not counted, so that waiting helps. Requests at the same moment may go over by a few, not by more than there are connections.
 */
export function verificationFor(asker: Uint8Array): LoaderDefinition<Verification> {
  return defineLoader<Verification>('verification', async (op, numbers) => {
    const { admitted, retryAfter } = admit(numbers.length, await countAsked(op, asker));
    const rows = await op.tx.rows<VerifiedRow & { n: string }>(
      'select n.n, v.* from unnest($1::text[]) as n (n) cross join lateral training.verify(n.n) v', [numbers.map((number) => normaliseCertificateNumber(number) ?? '').slice(0, admitted)],
    );
    op.tx.note('insert into training.verifications (at, asked_by) select $1, $2 from generate_series(1, $3)', [op.now, asker, admitted]);
    return numbers.map((number, at) => (at < admitted ? { found: rows.find(({ n }) => n === normaliseCertificateNumber(number)) } : { retryAfter }));
  });
}

async function countAsked(op: Op, asker: Uint8Array): Promise<{ readonly mine: number; readonly all: number; readonly freesIn: number }> {
  const row = await op.tx.row<{ mine: number; all: number; frees: number | null }>(
    `select count(*) filter (where asked_by = $2)::int as mine, count(*)::int as all, extract(epoch from min(at) + make_interval(secs => $3) - $1::timestamptz)::float8 as frees
     from training.verifications where at > $1::timestamptz - make_interval(secs => $3)`,
    [op.now, asker, WINDOW_SECONDS],
  );
  return { mine: row?.mine ?? 0, all: row?.all ?? 0, freesIn: row?.frees ?? 1 };
}

/** Forgets who asked before the window. */
export async function forgetVerifications(op: Op): Promise<void> {
  await op.tx.run('delete from training.verifications where at < $1::timestamptz - make_interval(secs => $2)', [op.now, WINDOW_SECONDS]);
}
