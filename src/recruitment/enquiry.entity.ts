import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'recruitment', name: 'enquiries' })
export class EnquiryEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'campaign_id', nullable: true }) campaignId: string | null;
  @Column('text') source: string;
  @Column('text', { name: 'name_km', nullable: true }) nameKm: string | null;
  @Column('text', { name: 'name_latin', nullable: true }) nameLatin: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('text', { name: 'area_code' }) areaCode: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('date', { name: 'received_on' }) receivedOn: string;
  @Column('text') state: string;
  @Column('uuid', { name: 'worker_id' }) workerId: string;
  @Column('date', { name: 'next_on', nullable: true }) nextOn: string | null;
  @Column('uuid', { name: 'duplicate_of', nullable: true }) duplicateOf: string | null;
  @Column('integer') version: number;
}

@Entity({ schema: 'recruitment', name: 'follow_ups' })
export class FollowUpEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'enquiry_id' }) enquiryId: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('date', { name: 'on_day' }) onDay: string;
  @Column('text') outcome: string;
  @Column('text', { nullable: true }) note: string | null;
}
