// Written by scripts/build-contracts.ts from contracts/src. Do not edit.
export const payoutSplitFactoryAbi = [
  {
    "type": "function",
    "name": "IMPLEMENTATION",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "MAX_RECEIVERS",
    "inputs": [],
    "outputs": [
      {
        "name": "",
        "type": "uint256",
        "internalType": "uint256"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "function",
    "name": "createSplit",
    "inputs": [
      {
        "name": "receivers",
        "type": "tuple[]",
        "internalType": "struct Receiver[]",
        "components": [
          {
            "name": "account",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "share",
            "type": "uint16",
            "internalType": "uint16"
          }
        ]
      }
    ],
    "outputs": [
      {
        "name": "split",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "nonpayable"
  },
  {
    "type": "function",
    "name": "splitOf",
    "inputs": [
      {
        "name": "receivers",
        "type": "tuple[]",
        "internalType": "struct Receiver[]",
        "components": [
          {
            "name": "account",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "share",
            "type": "uint16",
            "internalType": "uint16"
          }
        ]
      }
    ],
    "outputs": [
      {
        "name": "",
        "type": "address",
        "internalType": "address"
      }
    ],
    "stateMutability": "view"
  },
  {
    "type": "event",
    "name": "SplitCreated",
    "inputs": [
      {
        "name": "split",
        "type": "address",
        "indexed": true,
        "internalType": "address"
      },
      {
        "name": "receivers",
        "type": "tuple[]",
        "indexed": false,
        "internalType": "struct Receiver[]",
        "components": [
          {
            "name": "account",
            "type": "address",
            "internalType": "address"
          },
          {
            "name": "share",
            "type": "uint16",
            "internalType": "uint16"
          }
        ]
      }
    ],
    "anonymous": false
  },
  {
    "type": "error",
    "name": "BadReceivers",
    "inputs": []
  },
  {
    "type": "error",
    "name": "BadShares",
    "inputs": []
  }
] as const;
