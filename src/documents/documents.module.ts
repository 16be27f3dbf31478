import { Module } from '@nestjs/common';
import { StaffModule } from '../staff/staff.module.js';
import { Admission } from './admission.js';
import { Cleaning } from './cleaning.js';
import { DocumentsJobs } from './documents.jobs.js';
import './documents.messages.js';
import { DocumentsResolver } from './documents.resolver.js';
import { DocumentsRoutes } from './documents.routes.js';
import { DocumentsService } from './documents.service.js';

/**
 * Owns documents: photos of signed pages, papers of checks, pictures from visits.
 *
 * Invariants: what is kept was made anew from what is to be seen, and is sealed with a key outside the database; a
 * document is attached once, by the act of another room that it belongs to, and who may see that row sees it; until then
 * it is its uploader's alone, for a day; an attached one is never removed, a wrong one says so.
 * Events: document.withdrawn.
 */
@Module({
  imports: [StaffModule],
  providers: [DocumentsService, DocumentsResolver, DocumentsRoutes, DocumentsJobs, Cleaning, Admission],
  exports: [DocumentsService],
})
export class DocumentsModule {}
