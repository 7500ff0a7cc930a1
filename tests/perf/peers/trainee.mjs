// SPDX-License-Identifier: GPL-3.0-or-later

// A trainee with the fields that ours have; about 600 bytes of JSON.
export function makeTrainee(i) {
  const number = String(i).padStart(8, '0');
  return {
    _id: `0193a000-0000-7000-8000-0000${number}`,
    type: 'trainee', name: '王秀英', id_type: '1', id_number: `3717021990${number}`, sex: '2',
    birth_date: '1990-01-01', nationality: '中国', phone: `139${number}`,
    address: `山东省菏泽市牡丹区人民路 ${i} 号`, number: `37170000${number}`, licence_type: 'C1',
    busi_type: '0', class_tier: `0193a000-0000-7000-8000-00000000000${i % 10}`,
    coach: `0193a000-0000-7000-8000-0000000001${String(i % 40).padStart(2, '0')}`,
    applied_on: '2026-03-01', status: 'training', part1_minutes: 600, part2_minutes: 900,
    part3_minutes: 300, part4_minutes: 0, valid_minutes: 1800, pending_minutes: 45,
    required_minutes: 3720, exams_passed: 1, note: '',
  };
}
