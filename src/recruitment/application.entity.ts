import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'recruitment', name: 'applications' })
export class ApplicationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'enquiry_id', nullable: true }) enquiryId: string | null;
  @Column('uuid', { name: 'family_id' }) familyId: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('date', { name: 'received_on' }) receivedOn: string;
  @Column('text') state: string;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn: string | null;
  @Column('integer') version: number;
}
