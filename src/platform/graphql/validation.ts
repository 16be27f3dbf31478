import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Problem } from '../errors.js';
import type { FieldProblem } from '../errors.js';

/** Checks every input and argument class; what cannot be taken is BAD_USER_INPUT with the path of each field. */
export function inputPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidUnknownValues: false,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Problem('BAD_USER_INPUT', 'problem.BAD_USER_INPUT', {}, errors.flatMap((error) => problems(error, ''))),
  });
}

function problems(error: ValidationError, prefix: string): FieldProblem[] {
  const path = `${prefix}${error.property}`;
  const own = Object.keys(error.constraints ?? {}).map((rule) => {
    const limits = (error.contexts?.[rule] ?? {}) as Record<string, string | number>;
    return { path, rule: `validation.${rule}`, details: limits };
  });
  return [...own, ...(error.children ?? []).flatMap((child) => problems(child, `${path}.`))];
}
