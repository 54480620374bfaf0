"""The workbook: the calculators as live formulas, with every figure's unit, date and source."""
