import { defineExample } from '../platform/graphql/page/examples.js';

defineExample(
  'Open a recruitment campaign',
  `mutation OpenCampaign($input: OpenCampaignInput!) {
  openCampaign(input: $input) {
    __typename
    ... on Campaign { id nameKm }
    ... on RecruitmentRefused { code message }
  }
}`,
  { input: { requestKey: 'new-for-each-act', nameKm: 'យុទ្ធនាការ', nameLatin: 'Campaign', areaCode: '0203', channels: ['radio'], startsOn: '2026-06-15', endsOn: '2026-07-15' } },
);

defineExample(
  'Applications',
  `query Applications {
  applications(first: 20) {
    nodes { id state }
    pageInfo { hasNextPage endCursor }
  }
}`,
);
