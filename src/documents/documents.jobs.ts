import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { DocumentsService } from './documents.service.js';

const TEN_MINUTES = 600_000;

/** Removes documents that nobody attached in a day. */
@Injectable()
export class DocumentsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(DocumentsService) private readonly documents: DocumentsService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'documents.waiting', every: TEN_MINUTES, handler: (transaction) => this.remove(transaction) });
  }

  /** Removes all that have waited too long. */
  async remove(transaction: InTransaction): Promise<void> {
    while (await transaction((op) => this.documents.removeWaiting(op)));
  }
}
