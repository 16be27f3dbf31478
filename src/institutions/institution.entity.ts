import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'institutions', name: 'institutions' })
export class InstitutionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: string;
  @Column('text', { name: 'name_km' }) nameKm: string;
  @Column('text', { name: 'name_latin' }) nameLatin: string;
  @Column('text', { name: 'area_code' }) areaCode: string;
  @Column('uuid', { name: 'office_id' }) officeId: string;
  @Column('integer') capacity: number;
  @Column('text') state: string;
  @Column('date', { name: 'registered_on' }) registeredOn: string;
  @Column('integer') version: number;
}
