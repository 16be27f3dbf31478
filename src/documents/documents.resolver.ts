import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayEver } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Document, DocumentLink, DocumentResult, WithdrawDocumentInput, toDocument } from './document.graphql.js';
import { acts, mayOpen } from './documents.policy.js';
import { documentById, listWaiting } from './documents.queries.js';
import { documents } from './documents.refusals.js';
import { DocumentsService } from './documents.service.js';

const MOST_WAITING = 50;

@Resolver(() => Document)
export class DocumentsResolver {
  constructor(private readonly service: DocumentsService) {}

  @Query(() => [Document], { description: 'The caller\'s documents that wait for an act to attach them, the latest first, at most 50. After a day they are removed.' })
  @Can(acts['document.upload'])
  @Extensions({ maximum: MOST_WAITING })
  async waitingDocuments(@Context() request: RequestContext): Promise<Document[]> {
    return (await listWaiting(await request.query(), request.actor.userId, MOST_WAITING)).map(toDocument);
  }

  @Query(() => DocumentLink, { description: 'Opens a document of a file that the caller may read, or one of her own that waits. Opening it is written in the audit.' })
  @Can(acts['document.open'])
  async openDocument(@Args('id', { type: () => IdScalar, description: 'The document.' }) id: string, @Context() request: RequestContext): Promise<DocumentLink> {
    const row = await request.load(documentById, id);
    if (row === undefined) throw notFound();
    return { ...(await this.service.open(await request.query(), request.actor, row, request.operation)), mediaType: row.media_type };
  }

  @Mutation(() => DocumentResult, { description: 'Marks a wrong document as withdrawn, with the reason. It stays with its file.' })
  @Can(acts['document.withdraw'])
  withdrawDocument(@Args('input') input: WithdrawDocumentInput, @Context() request: RequestContext) {
    return answer(request, documents, this.service.withdraw(request.actor, input, request.requestId), (id) => readDocument(request, id));
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 2 })
  can(@Parent() { row }: Document, @Context() request: RequestContext): ActAnswer[] {
    const shut = { ok: false, code: 'CONFIDENTIAL', details: {} } as const;
    const gone = { ok: false, code: 'WITHDRAWN_ALREADY', details: {} } as const;
    return [
      canAct(request, acts['document.open'], mayEver(request.actor, acts['document.open']), documents, mayOpen(request.actor, row) ? undefined : shut),
      canAct(request, acts['document.withdraw'], row.subject_id !== null && mayEver(request.actor, acts['document.withdraw']), documents, row.withdrawn_on === null ? undefined : gone),
    ];
  }
}

/** A document as the caller may see it. */
export async function readDocument(request: RequestContext, id: string): Promise<Document | undefined> {
  const row = await request.load(documentById, id);
  return row && toDocument(row);
}
