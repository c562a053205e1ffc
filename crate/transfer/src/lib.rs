//! Importers and exporters.
