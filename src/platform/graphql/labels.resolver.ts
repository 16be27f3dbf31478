import { Args, Context, Extensions, Field, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { badInput } from '../errors.js';
import { allMessages } from '../messages/messages.js';
import type { RequestContext } from './context.js';
import { Public } from './guard.js';

@ObjectType({ description: 'One value of an enum, as people read it.' })
export class Label {
  @Field(() => String, { description: 'The value.' })
  value: string;

  @Field(() => String, { description: 'What it is called in the language of the request.' })
  text: string;

  @Field(() => Boolean, { description: 'Has a Khmer speaker of the trade read the Khmer text?' })
  reviewed: boolean;
}

/** The words for the values of enums, so that no client keeps a table of its own. */
@Resolver(() => Label)
export class LabelsResolver {
  @Query(() => [Label], { description: 'The values of an enum with their labels in the language of the request.' })
  @Extensions({ maximum: 100 })
  @Public('words of the schema, about nobody')
  labels(@Args('type', { type: () => String, description: 'The enum: `EnquiryState`.' }) type: string, @Context() request: RequestContext): Label[] {
    const prefix = `enum.${type}.`;
    const found = [...allMessages()].filter(([key]) => key.startsWith(prefix));
    if (found.length === 0) throw badInput('type', 'validation.isEnum');
    return found.map(([key, message]) => ({ value: key.slice(prefix.length), text: message[request.language], reviewed: message.reviewed }));
  }
}
