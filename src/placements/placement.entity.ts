import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'placements', name: 'placements' })
export class PlacementEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'child_id' }) childId: string;
  @Column('uuid', { name: 'family_id' }) familyId: string;
  @Column('text', { name: 'care_kind' }) careKind: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('uuid', { name: 'family_office_id' }) familyOfficeId: string;
  @Column('text') state: string;
  @Column('uuid', { name: 'planned_by', nullable: true }) plannedBy: string | null;
  @Column('date', { name: 'planned_on' }) plannedOn: string;
  @Column('text', { name: 'plan_reason', nullable: true }) planReason: string | null;
  @Column('uuid', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('date', { name: 'approved_on', nullable: true }) approvedOn: string | null;
  @Column('date', { name: 'starts_on' }) startsOn: string;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn: string | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason: string | null;
  @Column('date', { name: 'cancelled_on', nullable: true }) cancelledOn: string | null;
  @Column('text', { name: 'cancel_reason', nullable: true }) cancelReason: string | null;
  @Column('boolean') emergency: boolean;
  @Column('text', { name: 'address_rule' }) addressRule: string;
  @Column('text', { array: true }) breaches: string[];
  @Column('uuid', { name: 'proposal_id', nullable: true }) proposalId: string | null;
  @Column('integer') version: number;
}
