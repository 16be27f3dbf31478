import { Module } from '@nestjs/common';
import { CarersModule } from '../carers/carers.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { CertificatesService } from './certificates.service.js';
import { CoursesService } from './courses.service.js';
import { SessionsService } from './sessions.service.js';
import './training.messages.js';
import { CertificatesResolver, CoursesResolver, FamilyTrainingResolver, TrainingSessionsResolver } from './training.resolver.js';

/**
 * Owns courses, sessions with their lists and attendance, and certificates.
 *
 * Invariants: nobody is on a list twice, and no list is longer than its session has room; a certificate goes to somebody
 * who was there, once, under a random number of its own, and is never changed.
 * Writes: a carer's certificate into the standings of carers, a colleague's into the qualifications of staff.
 * Events: session.opened, certificate.issued.
 */
@Module({
  imports: [CarersModule, StaffModule],
  providers: [CoursesService, SessionsService, CertificatesService, CoursesResolver, TrainingSessionsResolver, CertificatesResolver, FamilyTrainingResolver],
})
export class TrainingModule {}
