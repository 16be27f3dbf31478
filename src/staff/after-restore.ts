import type pg from 'pg';

/**
 * Ends every session of a database that was put back: one that was revoked after that moment would be alive again, and so
 * would every refresh token used since. Gives their number.
 */
export async function endEverySession(client: pg.Client): Promise<number> {
  const { rowCount } = await client.query(`update staff.sessions set ended_at = clock_timestamp(), ended_why = 'revoked' where ended_at is null`);
  return rowCount ?? 0;
}
