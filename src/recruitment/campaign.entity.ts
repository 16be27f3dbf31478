import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'recruitment', name: 'campaigns' })
export class CampaignEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'name_km' }) nameKm: string;
  @Column('text', { name: 'name_latin' }) nameLatin: string;
  @Column('text', { name: 'area_code' }) areaCode: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('text', { array: true }) channels: string[];
  @Column('daterange') during: string;
  @Column('integer', { name: 'people_reached', nullable: true }) peopleReached: number | null;
  @Column('bigint', { nullable: true }) cost: bigint | null;
  @Column('date', { name: 'closed_on', nullable: true }) closedOn: string | null;
  @Column('integer') version: number;
}
