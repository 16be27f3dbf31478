import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Document, toDocument } from '../documents/document.graphql.js';
import { MOST_OF_A_SUBJECT } from '../documents/documents.queries.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { RecordEarlierCertificateInput } from './earlier-certificate.graphql.js';
import { documentsOfCertificate } from './earlier-certificates.repo.js';
import { EarlierCertificatesService } from './earlier-certificates.service.js';
import { Certificate, CertificateResult } from './training.graphql.js';
import { acts } from './training.policy.js';
import { training } from './training.refusals.js';
import { readCertificate } from './training.resolver.js';

@Resolver(() => Certificate)
export class EarlierCertificatesResolver {
  constructor(private readonly service: EarlierCertificatesService) {}

  @Mutation(() => CertificateResult, { description: 'Records a certificate from before the register, from its paper. It counts, ends and is told of as any other, and says that it is an earlier one.' })
  @Can(acts['certificate.recordEarlier'])
  recordEarlierCertificate(@Args('input') input: RecordEarlierCertificateInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.record(request.actor, input, request.requestId), (id) => readCertificate(request, id));
  }

  @Extensions({ maximum: MOST_OF_A_SUBJECT })
  @ResolveField(() => [Document], { description: 'Photos of its paper, of one from before the register, at most 20.' })
  async documents(@Parent() certificate: Certificate, @Context() request: RequestContext): Promise<Document[]> {
    return ((await request.load(documentsOfCertificate, certificate.id)) ?? []).map(toDocument);
  }
}
