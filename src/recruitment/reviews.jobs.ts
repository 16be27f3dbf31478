import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { papersFollow } from './reviews.repo.js';
import { ReviewsService } from './reviews.service.js';

/** Every morning: reviews that come near, and papers that run out. After a family moved: its papers are its new office's. */
@Injectable()
export class ReviewsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(ReviewsService) private readonly reviews: ReviewsService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({ name: 'recruitment.papers', events: ['family.moved'], handler: (op, { subjectId }) => papersFollow(op, subjectId) });
    this.registry.schedule({ name: 'recruitment.approvals_end', cron: '20 6 * * *', handler: (transaction) => this.reviews.remind(transaction) });
  }
}
