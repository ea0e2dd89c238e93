"""The page an analyst would write in an afternoon: the workbook read whenever it is drawn."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st

sheet = pd.read_excel(os.environ["WORKBOOK"], sheet_name="Table C4", header=None)
header = sheet.index[sheet[0].astype(str).str.contains("code", case=False)][0]
table = sheet.iloc[header + 1 :].set_axis(sheet.loc[header].astype(str), axis=1)
area = st.selectbox("Area", table.iloc[:, 3].dropna().unique())
row = table[table.iloc[:, 3] == area].iloc[0, 5:]
st.plotly_chart(px.bar(x=row.index, y=pd.to_numeric(row, errors="coerce")))
st.dataframe(table.head(50).astype(str))
