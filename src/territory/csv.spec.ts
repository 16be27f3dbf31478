import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readCsv, writeCsvLine } from './csv.js';

describe('readCsv', () => {
  it('reads quotes, doubled quotes, empty fields and a last line without an end', () => {
    expect(readCsv('a,"b, ""c""",\r\n\r\n,x"y')).toEqual([
      { line: 1, fields: ['a', 'b, "c"', ''] },
      { line: 3, fields: ['', 'x"y'] },
    ]);
  });

  it.each(['a,"b', 'a,"b"c', '"', '"a""'])('reports the broken line %s and reads the next', (broken) => {
    expect(readCsv(`${broken}\nok,1`)).toEqual([{ line: 1, fault: expect.any(String) }, { line: 2, fields: ['ok', '1'] }]);
  });

  it('reads back what was written, whatever is in the fields but line ends', () => {
    const field = fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(field, { minLength: 2, maxLength: 6 }), (fields) => {
        expect(readCsv(writeCsvLine(fields))).toEqual([{ line: 1, fields }]);
      }),
      { seed: 20260601 },
    );
  });
});
