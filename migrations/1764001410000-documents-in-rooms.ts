import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What documents are attached to. Whoever sees the row sees its documents, by that row's own policy: a move, a share or a
 * closed file needs no second rule here. Attaching asks the same, and that the document is the actor's own.
 */
const SUBJECTS: readonly (readonly [kind: string, table: string])[] = [
  // The page that several people signed belongs to the placement; who sees its agreements sees the page.
  ['agreement', 'placements.agreements'],
  ['check', 'recruitment.checks'],
  ['signature', 'recruitment.signatures'],
  ['visit', 'casework.visits'],
];

function policies([kind, table]: readonly [kind: string, table: string]): string {
  const subject = kind === 'agreement' ? 'placement_id' : 'id';
  const sees = `subject_kind = '${kind}' and exists (select from ${table} s where s.${subject} = attachments.subject_id)`;
  return `
      create policy attachments_of_${kind}_seen on documents.attachments for select to register_api using (${sees});
      create policy attachments_of_${kind}_added on documents.attachments for insert to register_api with check (${sees}
        and attached_by = (select worklist.me()) and documents.is_of(document_id, attached_by));`;
}

/** The documents of agreements, checks, signatures and visits. */
export class DocumentsInRooms1764001410000 implements MigrationInterface {
  name = 'DocumentsInRooms1764001410000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The page on which this signature is to be seen; several signatures stand on one page.
      alter table placements.agreements add column document_id uuid references documents.documents on delete restrict;
      create index agreements_by_document on placements.agreements (document_id) where document_id is not null;
      grant update (document_id) on placements.agreements to register_api;
      -- The papers of a household are read with their checks.
      create index checks_by_family on recruitment.checks (family_id, done_on desc, id desc);

      ${SUBJECTS.map(policies).join('\n')}

      insert into platform.settings (name, during, value, citation) values
        ('placements.page_photo_days', '[1900-01-01,)', '14', 'default: a photo of the signed page within 14 days; no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${SUBJECTS.map(([kind]) => `drop policy attachments_of_${kind}_seen on documents.attachments; drop policy attachments_of_${kind}_added on documents.attachments;`).join('\n')}
      alter table placements.agreements drop column document_id;
      drop index recruitment.checks_by_family;
      delete from platform.settings where name = 'placements.page_photo_days';
    `);
  }
}
