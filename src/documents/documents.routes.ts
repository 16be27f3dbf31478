import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ActorSource } from '../platform/auth/actor-source.js';
import { Tokens } from '../platform/auth/tokens.js';
import { Clock } from '../platform/clock.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { whoIs } from '../platform/graphql/graphql.module.js';
import { isRequestKey } from '../platform/graphql/inputs.js';
import { servePlain } from '../platform/plain-routes.js';
import type { PlainAnswer, PlainRoute } from '../platform/plain-routes.js';
import { Admission } from './admission.js';
import { FILE_NAMES, MOST_BYTES } from './document.domain.js';
import { acts } from './documents.policy.js';
import { documentById } from './documents.queries.js';
import { documents } from './documents.refusals.js';
import { DocumentsService } from './documents.service.js';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
/** A document is looked at in no context of ours: as a page it may do nothing. */
const SANDBOX = `sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The two ways of bytes: in by `POST /documents`, out by a link. */
@Injectable()
export class DocumentsRoutes implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(Tokens) private readonly tokens: Tokens,
    @Inject(ActorSource) private readonly actors: ActorSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  onModuleInit(): void {
    // The worker has the same rooms and no HTTP.
    if (this.host.httpAdapter?.getType() !== 'fastify') return;
    const instance = this.host.httpAdapter.getInstance<FastifyInstance>();
    const door = { uow: this.uow, whoIs: (header: string | undefined) => whoIs(header, this.tokens, this.actors, this.clock) };
    for (const route of this.routes()) servePlain(instance, door, route);
  }

  private routes(): PlainRoute[] {
    return [
      {
        method: 'POST', url: '/documents', name: 'uploadDocument', act: acts['document.upload'], body: { most: MOST_BYTES, tooLarge: 'documents.TOO_LARGE' },
        admit: (actor, http, leaves) => {
          if (!isRequestKey(http.headers['request-key'])) throw badInput('request-key', 'validation.requestKey');
          leaves(this.admission.admit(actor.userId, Number(http.headers['content-length'])));
        },
        answer: (request, http) => this.upload(request, String(http.headers['request-key']), http.body),
      },
      {
        method: 'GET', url: '/documents/:link', name: 'fetchDocument', act: acts['document.open'],
        admit: (actor, _http, leaves) => leaves(this.admission.admit(actor.userId, MOST_BYTES)),
        answer: (request, http) => this.fetch(request, http.params),
      },
    ];
  }

  private async upload(request: RequestContext, requestKey: string, body: unknown): Promise<PlainAnswer> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const result = await this.documents.upload(request.actor, { requestKey, bytes }, request.requestId);
    if (!result.ok) {
      const { code, message, details } = documents.show(request, result);
      return { status: 422, headers: JSON_TYPE, body: JSON.stringify({ refused: { code, message, details } }) };
    }
    // Sent again after a day it may be gone, or attached where its sender may no longer look.
    const row = await request.load(documentById, result.value);
    if (row === undefined) throw notFound();
    const document = { id: row.id, mediaType: row.media_type, bytes: row.bytes, uploadedAt: row.uploaded_at.toISOString() };
    return { status: 201, headers: JSON_TYPE, body: JSON.stringify({ document }) };
  }

  private async fetch(request: RequestContext, parameters: unknown): Promise<PlainAnswer> {
    const { link } = parameters as { readonly link: string };
    const { mediaType, bytes } = await this.documents.fetch(await request.query(), request.actor, link);
    return {
      status: 200,
      headers: { 'content-type': mediaType, 'content-disposition': `attachment; filename="${FILE_NAMES[mediaType]}"`, 'content-security-policy': SANDBOX },
      body: bytes,
    };
  }
}
