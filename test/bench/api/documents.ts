/** The three questions, as every client of the register may ask them. The floor gets the same bytes and goes by the operation's name. */
export const BY_ID = `query ById($id: Id!) { child(id: $id) { id number nameKm nameLatin sex birthDate birthPrecision age youngestAge ageBand officeId institutionId homeAreaCode languages religion civilRegistration diedOn registeredOn lastSeenOn version } }`;

export const LIST = `query List($after: String) { families(first: 50, after: $after) { nodes { id number kind nameKm nameLatin phone areaCode languages ownChildren openedOn closedOn version adults { id nameKm nameLatin sex birthDate carer since leftOn } places { slot basis takenBy until } } pageInfo { hasNextPage endCursor } } }`;

export const ACT = `mutation Act($input: RecordEnquiryInput!) { recordEnquiry(input: $input) { __typename ... on Enquiry { id source nameKm nameLatin phone areaCode receivedOn state nextOn } ... on RecruitmentRefused { code message } } }`;
