import { defineLoader, inOrder } from '../platform/graphql/context.js';
import { accountsById, namesById, postingsById, postingsOf, sessionsById } from './staff.queries.js';
import type { AccountRow, NameRow, PostingRow, SessionRow } from './staff.queries.js';

/** A colleague's name by account id. Names of staff are no secret among staff; nothing else of an account is here. */
export const accountName = defineLoader<NameRow>('staff.accountName', async (op, ids) => inOrder(ids, await namesById(op, ids), ({ id }) => id));

/** An account, for an administrator's fields only. */
export const accountById = defineLoader<AccountRow>('staff.accountById', async (op, ids) => inOrder(ids, await accountsById(op, ids), ({ id }) => id));

/** A posting by its id. */
export const postingById = defineLoader<PostingRow>('staff.postingById', async (op, ids) => inOrder(ids, await postingsById(op, ids), ({ id }) => id));

/** The postings of an account. */
export const postingsOfAccount = defineLoader<readonly PostingRow[]>('staff.postingsOfAccount', async (op, ids) => {
  const rows = await postingsOf(op, ids);
  return ids.map((id) => rows.filter(({ accountId }) => accountId === id).slice(0, 100));
});

/** A session by its id; the service has made sure whose it is. */
export const sessionById = defineLoader<SessionRow>('staff.sessionById', async (op, ids) => inOrder(ids, await sessionsById(op, ids), ({ id }) => id));
