//! Writes the model file that the program ships: 8-bit weights with a scale for each output.

use super::codes::Codes;
use super::net::{Network, Param};
use annals_core::reading::syntax::moves::SLOTS;
use annals_core::reading::syntax::network::{HIDDEN, MAGIC, REACH, WIDTH};

/// Returns the bytes of a model, in the order that the reader in core takes them.
pub(crate) fn write(network: &Network, codes: &Codes) -> Vec<u8> {
    let mut file = MAGIC.to_vec();
    for count in [codes.keys.len(), codes.tags.len(), codes.moves.len()] {
        file.extend((count as u32).to_le_bytes());
    }
    file.extend(codes.keys.iter().flat_map(|k| k.to_le_bytes()));
    file.extend(codes.tags.iter().flat_map(|(u, x)| [*u as u8, *x as u8]));
    file.extend(codes.moves.iter().map(|m| *m as u8));
    table(&mut file, &network.rows.w);
    for ([cw, cb], [gw, gb]) in network.conv.iter().zip(&network.gates) {
        layer(&mut file, cw, cb, WIDTH * (2 * REACH + 1), WIDTH);
        layer(&mut file, gw, gb, WIDTH, 2 * WIDTH);
    }
    let [w, b] = &network.tags;
    layer(&mut file, w, b, WIDTH, codes.tags.len());
    for slot in 0..SLOTS {
        // The bias of the hidden layer is written with "no word" and with the words of the first slot, one of which there is.
        let mut weights = Vec::with_capacity(WIDTH * HIDDEN);
        for row in network.slots.w.chunks_exact(SLOTS * HIDDEN) {
            weights.extend_from_slice(&row[slot * HIDDEN..][..HIDDEN]);
        }
        let bias = if slot == 0 { network.hidden.w.clone() } else { vec![0.0; HIDDEN] };
        quantised(&mut file, &weights, &bias, WIDTH, HIDDEN);
    }
    let mut missing = network.missing.w.clone();
    for (m, b) in missing[..HIDDEN].iter_mut().zip(&network.hidden.w) {
        *m += b;
    }
    table(&mut file, &missing);
    table(&mut file, &network.clues.w);
    let [w, b] = &network.moves;
    layer(&mut file, w, b, HIDDEN, codes.moves.len());
    file
}

/// Writes numbers with one scale.
fn table(file: &mut Vec<u8>, values: &[f32]) {
    let scale = scale(values.iter().copied());
    file.extend(scale.to_le_bytes());
    file.extend(values.iter().map(|v| byte(*v, scale)));
}

fn layer(file: &mut Vec<u8>, weights: &Param, biases: &Param, inputs: usize, outputs: usize) {
    quantised(file, &weights.w, &biases.w, inputs, outputs);
}

/// Writes weights (`inputs` by `outputs`) turned round, so that those of one output lie together.
fn quantised(file: &mut Vec<u8>, weights: &[f32], biases: &[f32], inputs: usize, outputs: usize) {
    let column = |n: usize| (0..inputs).map(move |i| weights[i * outputs + n]);
    let scales: Vec<f32> = (0..outputs).map(|n| scale(column(n))).collect();
    file.extend(scales.iter().flat_map(|s| s.to_le_bytes()));
    file.extend(biases.iter().flat_map(|b| b.to_le_bytes()));
    for (n, scale) in scales.into_iter().enumerate() {
        file.extend(column(n).map(|w| byte(w, scale)));
    }
}

/// Returns the scale that maps the largest number to 127.
fn scale(values: impl Iterator<Item = f32>) -> f32 {
    values.fold(1e-6, |most: f32, v| most.max(v.abs())) / 127.0
}

fn byte(value: f32, scale: f32) -> u8 {
    (value / scale).round().clamp(-127.0, 127.0) as i8 as u8
}
