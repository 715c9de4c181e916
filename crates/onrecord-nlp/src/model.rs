//! Reads a thinc model: a tree of layers, each with its settings and arrays of 32-bit floats.

use std::collections::HashMap;

use crate::msgpack::Value;
use crate::{Error, Result};

/// One layer of a model.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) name: String,
    numbers: HashMap<String, i64>,
    arrays: HashMap<String, Array>,
}

/// An array, its last dimension contiguous.
#[derive(Debug)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f32>,
}

impl Array {
    /// The shape, which must have so many dimensions.
    pub(crate) fn dims<const N: usize>(&self) -> Result<[usize; N]> {
        self.shape
            .as_slice()
            .try_into()
            .map_err(|_| Error::new(format!("an array of shape {:?}", self.shape)))
    }
}

impl Layer {
    /// A whole number among the settings.
    pub(crate) fn number(&self, key: &str) -> Result<i64> {
        self.numbers
            .get(key)
            .copied()
            .ok_or_else(|| Error::new(format!("layer `{}` has no `{key}`", self.name)))
    }

    pub(crate) fn array(&self, key: &str) -> Result<&Array> {
        self.arrays.get(key).ok_or_else(|| Error::new(format!("layer `{}` has no array `{key}`", self.name)))
    }
}

/// The layers of a model, in the order in which thinc walks its tree.
#[derive(Debug)]
pub(crate) struct Layers(Vec<Layer>);

impl Layers {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self> {
        let model = Value::parse(bytes)?;
        let list =
            |key: &str| model.field(key)?.as_array().ok_or_else(|| Error::new(format!("`{key}` is no list")));
        let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != attrs.len() || nodes.len() != params.len() {
            return Err(Error::new("the layers and their settings differ in number"));
        }
        let layers = nodes
            .iter()
            .zip(attrs)
            .zip(params)
            .map(|((node, attrs), params)| read_layer(node, attrs, params));
        layers.collect::<Result<_>>().map(Layers)
    }

    /// The layers of a name, in order.
    pub(crate) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Layer> {
        self.0.iter().filter(move |layer| layer.name == name)
    }

    /// The first layer of a name, which must be there.
    pub(crate) fn one(&self, name: &str) -> Result<&Layer> {
        self.0
            .iter()
            .find(|layer| layer.name == name)
            .ok_or_else(|| Error::new(format!("the model has no layer `{name}`")))
    }
}

fn read_layer(node: &Value<'_>, attrs: &Value<'_>, params: &Value<'_>) -> Result<Layer> {
    let name = node.field("name")?.as_str().ok_or_else(|| Error::new("a layer without a name"))?;
    let mut numbers = HashMap::new();
    for (key, value) in attrs.as_map().unwrap_or_default() {
        // Each setting is MessagePack of its own; those that are no whole numbers are not needed.
        let (Some(key), Some(blob)) = (key.as_str(), value.as_bytes()) else { continue };
        if let Some(number) = Value::parse(blob).ok().and_then(|value| value.as_i64()) {
            numbers.insert(key.to_owned(), number);
        }
    }
    let mut arrays = HashMap::new();
    for (key, value) in params.as_map().unwrap_or_default() {
        let (Some(key), Some(_)) = (key.as_str(), value.as_map()) else { continue };
        let array = read_array(value).map_err(|e| e.within(format!("array `{key}` of layer `{name}`")))?;
        arrays.insert(key.to_owned(), array);
    }
    Ok(Layer { name: name.to_owned(), numbers, arrays })
}

fn read_array(value: &Value<'_>) -> Result<Array> {
    if value.field("type")?.as_str() != Some("<f4") {
        return Err(Error::new("not of 32-bit floats"));
    }
    let shape = value.field("shape")?.as_array().ok_or_else(|| Error::new("no shape"))?;
    let shape: Option<Vec<usize>> = shape.iter().map(|n| usize::try_from(n.as_u64()?).ok()).collect();
    let shape = shape.ok_or_else(|| Error::new("a bad shape"))?;
    let data = floats(value.field("data")?.as_bytes().ok_or_else(|| Error::new("no data"))?)?;
    if shape.iter().try_fold(1usize, |n, &d| n.checked_mul(d)) != Some(data.len()) {
        return Err(Error::new("the shape is not that of the data"));
    }
    Ok(Array { shape, data })
}

/// The floats that little-endian bytes hold.
pub(crate) fn floats(bytes: &[u8]) -> Result<Vec<f32>> {
    let (words, rest) = bytes.as_chunks::<4>();
    if !rest.is_empty() {
        return Err(Error::new("the data is no whole number of floats"));
    }
    Ok(words.iter().map(|word| f32::from_le_bytes(*word)).collect())
}
