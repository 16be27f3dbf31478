import { Module } from '@nestjs/common';
import { CarersModule } from '../carers/carers.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import { AttendanceService } from './attendance.service.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { CertificatesService } from './certificates.service.js';
import { EarlierCertificatesResolver } from './earlier-certificates.resolver.js';
import { EarlierCertificatesService } from './earlier-certificates.service.js';
import { CountersignaturesResolver } from './countersignatures.resolver.js';
import { CountersignaturesService } from './countersignatures.service.js';
import { CoursesService } from './courses.service.js';
import { SessionsService } from './sessions.service.js';
import { TrainingJobs } from './training.jobs.js';
import './training.messages.js';
import { CertificatesResolver, CoursesResolver, FamilyTrainingResolver, TrainingSessionsResolver } from './training.resolver.js';

/**
 * Owns courses with their parts, sessions with their plans, lists, attendance and assessments, and certificates.
 *
 * Invariants: nobody is on a list twice, and no list is longer than its session has room, and a place that
 * comes free goes to who waited longest; a certificate goes to somebody who attended every part, once, under a random
 * number of its own, and is never changed. One from before the register says so, with its paper's number and issuer.
 * What a colleague recorded without the certificate that it asks for waits for a supervisor of another name.
 * Writes: a carer's certificate into the standings of carers, a colleague's into the qualifications of staff.
 * Events: session.opened, session.cancelled, certificate.issued.
 */
@Module({
  imports: [CarersModule, DocumentsModule, StaffModule, WorklistModule],
  providers: [CoursesService, SessionsService, AttendanceService, CertificatesService, EarlierCertificatesService, EarlierCertificatesResolver, CoursesResolver, TrainingSessionsResolver, CertificatesResolver, FamilyTrainingResolver, CountersignaturesService, CountersignaturesResolver, TrainingJobs],
})
export class TrainingModule {}
