import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct, recordReads } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem, notFound } from '../platform/errors.js';
import { defineSealed, openBytes, sealBytes } from '../platform/field-crypto.js';
import { numberSetting } from '../platform/settings.js';
import { Cleaning } from './cleaning.js';
import type { CleaningRefusal } from './cleaning.js';
import { knownBy, makeLink, readLink } from './document.domain.js';
import type { MediaType } from './document.domain.js';
import type { WithdrawDocumentInput } from './document.graphql.js';
import { acts, mayOpen } from './documents.policy.js';
import { findSealed } from './documents.queries.js';
import type { DocumentRow } from './documents.queries.js';
import { attachedTo, belongsTo, countWaiting, insertAttachment, insertDocument, insertWithdrawal, removeWaiting, waits } from './documents.repo.js';
import type { Subject } from './documents.repo.js';

const HOUR = 3_600_000;
/** Documents that are removed in one transaction. */
const BATCH = 100;

const sealedAt = defineSealed('documents.documents', 'sealed');

/** Documents: sent in, attached by an act of another room, opened by who may read that file. */
@Injectable()
export class DocumentsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Cleaning) private readonly cleaning: Cleaning,
  ) {}

  /** Cleans, seals and keeps a document that waits for an act to attach it. Sent again with its key it is the same document. */
  async upload(actor: UserActor, sent: { readonly requestKey: string; readonly bytes: Buffer }, requestId: string): Promise<Result<string, CleaningRefusal | 'TOO_MANY_WAITING'>> {
    // No connection is held meanwhile; sent again, it is cleaned again, and only the key knows that it is kept already.
    const cleaned = await this.cleaning.clean(sent.bytes);
    if (!cleaned.ok) return cleaned;
    const input = { requestKey: sent.requestKey, content: knownBy(this.config.tokenSecret, sent.bytes) };
    return this.uow.command(actor, acts['document.upload'], input, requestId, async (op) => {
      const most = await numberSetting(op, 'documents.waiting_most', op.today);
      if ((await countWaiting(op, actor.userId)) >= most) {
        return refuse('TOO_MANY_WAITING', { most, hours: await numberSetting(op, 'documents.waiting_hours', op.today) });
      }
      const id = newId();
      const { mediaType, bytes } = cleaned.value;
      await insertDocument(op, { id, mediaType, bytes: bytes.length, sealed: sealBytes(this.config.fieldKeys, sealedAt(id), bytes) });
      await recordAct(op, { subject: ['document', id], on: op.today });
      return ok(id);
    });
  }

  /**
   * Attaches a document of the actor's that waits, in the caller's operation and with its act. One that is gone, somebody
   * else's or attached already is refused alike. The caller has written the row it is attached to.
   */
  async attach(op: Op, documentId: string, to: Subject): Promise<Result<null, 'DOCUMENT_NOT_WAITING'>> {
    if (!(await waits(op, documentId))) return refuse('DOCUMENT_NOT_WAITING');
    await insertAttachment(op, documentId, to);
    await recordAct(op, { subject: ['document', documentId], about: 'childId' in to.about ? to.about.childId : to.about.familyId, on: op.today, reason: to.kind });
    return ok(null);
  }

  /** Attaches a document, or finds it attached to the same already: one page may show several signatures. */
  async attachOrFind(op: Op, documentId: string, to: Subject): Promise<Result<null, 'DOCUMENT_NOT_WAITING'>> {
    return (await belongsTo(op, documentId, to.kind, to.id)) ? ok(null) : this.attach(op, documentId, to);
  }

  /**
   * Opens a document the actor may read: writes in the caller's transaction who opened which document of whose file, and
   * gives a link that works for a minute, for this session alone.
   */
  async open(op: Op, actor: UserActor, document: DocumentRow, operation: string): Promise<{ readonly path: string; readonly until: Date }> {
    if (!mayOpen(actor, document)) throw notFound();
    await recordReads(op, 'document', [document.id], operation);
    if (document.child_id !== null) await recordReads(op, 'child', [document.child_id], operation);
    if (document.family_id !== null) await recordReads(op, 'family', [document.family_id], operation);
    const seconds = await numberSetting(op, 'documents.link_seconds', op.today);
    const until = new Date(op.now.getTime() + seconds * 1000);
    return { path: `/documents/${makeLink(this.config.tokenSecret, document.id, until, actor.sessionId)}`, until };
  }

  /** What a link opens, for the session it was made for, while it lasts and while the rights do. */
  async fetch(op: Op, actor: UserActor, link: string): Promise<{ readonly mediaType: MediaType; readonly bytes: Buffer }> {
    const known = readLink(this.config.tokenSecret, link, actor.sessionId);
    if (known === undefined) throw notFound();
    if (known.until.getTime() <= op.now.getTime()) throw new Problem('NOT_FOUND', 'documents.LINK_OVER');
    const found = await findSealed(op, known.documentId);
    if (found === undefined || !mayOpen(actor, found)) throw notFound();
    return { mediaType: found.media_type, bytes: openBytes(this.config.fieldKeys, sealedAt(found.id), found.sealed) };
  }

  /** Marks a wrong document as withdrawn; it stays with its file. Refuses WITHDRAWN_ALREADY. */
  async withdraw(actor: UserActor, input: WithdrawDocumentInput, requestId: string): Promise<Result<string, 'WITHDRAWN_ALREADY'>> {
    return this.uow.command(actor, acts['document.withdraw'], input, requestId, async (op) => {
      const attached = await attachedTo(op, input.documentId);
      if (attached === undefined) throw notFound();
      await insertWithdrawal(op, input.documentId, input.reason, op.today);
      await recordAct(op, { subject: ['document', input.documentId], about: attached.about_id, on: op.today, reason: input.reason, events: [['document.withdrawn', input.documentId]] });
      return ok(input.documentId);
    });
  }

  /** Removes what was never attached, a batch at a time. Says whether there may be more. */
  async removeWaiting(op: Op): Promise<boolean> {
    const hours = await numberSetting(op, 'documents.waiting_hours', op.today);
    const gone = await removeWaiting(op, new Date(op.now.getTime() - hours * HOUR), BATCH);
    for (const id of gone) await recordAct(op, { subject: ['document', id], on: op.today, reason: 'never_attached' });
    return gone.length === BATCH;
  }
}
