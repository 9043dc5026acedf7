import { expect, test } from 'vitest';
import { isInsecure } from '../../src/openrtb/secure-markup.js';

test.each<[string, boolean]>([
  ['<img src="http://cdn.example/a.jpg">', true],
  ['<img src="HTTP://cdn.example/a.jpg">', true],
  ['<script>load("http:\\/\\/cdn.example\\/a.js")</script>', true],
  ['<img src="https://cdn.example/r?to=http%3A%2F%2Fcdn.example">', true],
  ['<img src="https://cdn.example/r?to=http%3a%2f%2fcdn.example">', true],
  ['<img src="http://www.w3.org.evil.example/a.jpg">', true],
  ['<svg xmlns="http://www.w3.org/2000/svg"><image href="http://cdn.example/a"/></svg>', true],
  ['<img src="https://cdn.example/a.jpg">', false],
  ['<img src="//cdn.example/a.jpg">', false],
  ['<svg xmlns="http://www.w3.org/2000/svg"></svg>', false],
  ['"xmlns":"http:\\/\\/www.w3.org\\/2000\\/svg"', false],
  ['read about http: it is a protocol', false],
  ['', false],
])('%s', (adm, insecure) => {
  expect(isInsecure({ id: 'b', impid: 'i', price: 1, adm })).toBe(insecure);
});

test('markup that is an object is looked at as text', () => {
  const adm = { native: { assets: [{ img: { url: 'http://cdn.example/a.jpg' } }] } };
  expect(isInsecure({ id: 'b', impid: 'i', price: 1, adm })).toBe(true);
});

test('without markup the win notice serves it; with markup the notice is only called', () => {
  const nurl = 'http://won.example/n';
  expect(isInsecure({ id: 'b', impid: 'i', price: 1, nurl })).toBe(true);
  expect(isInsecure({ id: 'b', impid: 'i', price: 1, nurl, adm: '<b>hi</b>' })).toBe(false);
  expect(isInsecure({ id: 'b', impid: 'i', price: 1 })).toBe(false);
});
