//! Arithmetic of training: products of matrices, elementary functions, chance. Same results on every machine.
//!
//! Rust neither reorders nor fuses floating-point operations, so plain loops give the same bits everywhere; `exp` is our
//! own because that of the system differs between systems.

/// Numbers that look random (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number in 0..1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 33) as usize) % n
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for n in (1..items.len()).rev() {
            items.swap(n, self.below(n + 1));
        }
    }

    /// Drops each number with a chance and scales up the rest; writes what each was multiplied with.
    pub(crate) fn drop(&mut self, chance: f32, values: &mut [f32], mask: &mut Vec<f32>) {
        mask.clear();
        let keep = 1.0 / (1.0 - chance);
        for value in values {
            let factor = if self.unit() < chance { 0.0 } else { keep };
            mask.push(factor);
            *value *= factor;
        }
    }
}

/// Returns e to the x to seven digits.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    let whole = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    for term in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5, 1.0, 1.0] {
        sum = sum * rest + term;
    }
    sum * f32::from_bits((((whole as i32) + 127) as u32) << 23)
}

/// Returns how steep core's `squash` is at a number.
pub(crate) fn squash_slope(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let square = x * x;
    let below = 27.0 + 9.0 * square;
    ((27.0 + 3.0 * square) * below - x * (27.0 + square) * 18.0 * x) / (below * below)
}

/// Turns scores into chances that add up to 1.
pub(crate) fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for s in scores.iter_mut() {
        *s = exp(*s - most);
        sum += *s;
    }
    for s in scores {
        *s /= sum;
    }
}

/// y += a x
pub(crate) fn add_scaled(y: &mut [f32], a: f32, x: &[f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (a_chunks, b_chunks) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for n in 0..16 {
            lanes[n] += a[n] * b[n];
        }
    }
    let mut sum = rest;
    for lane in lanes {
        sum += lane;
    }
    sum
}

/// y += x w for rows of x and y; w is `inputs` by `outputs`.
pub(crate) fn multiply(y: &mut [f32], x: &[f32], w: &[f32], inputs: usize, outputs: usize) {
    let mut ys = y.chunks_mut(outputs * 4);
    for xs in x.chunks(inputs * 4) {
        let Some(y) = ys.next() else { break };
        if xs.len() == inputs * 4 {
            let (y0, rest) = y.split_at_mut(outputs);
            let (y1, rest) = rest.split_at_mut(outputs);
            let (y2, y3) = rest.split_at_mut(outputs);
            for (i, w) in w.chunks_exact(outputs).enumerate() {
                let (a, b, c, d) = (xs[i], xs[inputs + i], xs[2 * inputs + i], xs[3 * inputs + i]);
                for ((((y0, y1), y2), y3), w) in
                    y0.iter_mut().zip(y1.iter_mut()).zip(y2.iter_mut()).zip(y3.iter_mut()).zip(w)
                {
                    *y0 += a * w;
                    *y1 += b * w;
                    *y2 += c * w;
                    *y3 += d * w;
                }
            }
        } else {
            for (y, x) in y.chunks_exact_mut(outputs).zip(xs.chunks_exact(inputs)) {
                for (x, w) in x.iter().zip(w.chunks_exact(outputs)) {
                    add_scaled(y, *x, w);
                }
            }
        }
    }
}

/// dx += dy wᵀ and dw += xᵀ dy, the way back of [`multiply`].
pub(crate) fn multiply_back(
    dx: Option<&mut [f32]>,
    dw: &mut [f32],
    dy: &[f32],
    x: &[f32],
    w: &[f32],
    (inputs, outputs): (usize, usize),
) {
    if let Some(dx) = dx {
        for (dx, dy) in dx.chunks_exact_mut(inputs).zip(dy.chunks_exact(outputs)) {
            for (dx, w) in dx.iter_mut().zip(w.chunks_exact(outputs)) {
                *dx += dot(dy, w);
            }
        }
    }
    for (xs, dys) in x.chunks(inputs * 4).zip(dy.chunks(outputs * 4)) {
        if xs.len() == inputs * 4 {
            let (d0, rest) = dys.split_at(outputs);
            let (d1, rest) = rest.split_at(outputs);
            let (d2, d3) = rest.split_at(outputs);
            for (i, dw) in dw.chunks_exact_mut(outputs).enumerate() {
                let (a, b, c, d) = (xs[i], xs[inputs + i], xs[2 * inputs + i], xs[3 * inputs + i]);
                for ((((dw, d0), d1), d2), d3) in dw.iter_mut().zip(d0).zip(d1).zip(d2).zip(d3) {
                    *dw += a * d0 + b * d1 + c * d2 + d * d3;
                }
            }
        } else {
            for (x, dy) in xs.chunks_exact(inputs).zip(dys.chunks_exact(outputs)) {
                for (x, dw) in x.iter().zip(dw.chunks_exact_mut(outputs)) {
                    add_scaled(dw, *x, dy);
                }
            }
        }
    }
}
